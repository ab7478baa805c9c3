export { Jar } from "./jar.ts";
export { officeConnection, redeem, seatConnection } from "./meeting.ts";
export { Visit } from "./visit.ts";
