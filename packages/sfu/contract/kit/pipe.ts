import { connect, createServer } from "node:net";

/**
 * node pipe.ts <port> <path>: what comes to 127.0.0.1:<port> goes to the Unix socket <path>. Such sockets are files,
 * so a process in one network namespace reaches one in another by them, and no packet passes between the two.
 */
const [port = "0", path = ""] = process.argv.slice(2);
const server = createServer((near) => {
  const far = connect(path);
  for (const socket of [near, far]) socket.on("error", () => [near, far].forEach((one) => void one.destroy()));
  near.pipe(far).pipe(near);
});
server.listen(Number(port), "127.0.0.1", () => console.log("listening"));
