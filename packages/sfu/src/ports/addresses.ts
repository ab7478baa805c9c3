import { createSocket } from "node:dgram";
import { networkInterfaces } from "node:os";

/**
 * The IPv4 addresses announced to clients, best first. Those of RAADHUIS_PUBLIC_IP when set; else the address by which
 * other machines reach this one, and 127.0.0.1, by which a browser on this machine gets here without any network.
 */
export async function announcedAddresses(configured: readonly string[] | null): Promise<string[]> {
  if (configured !== null && configured.length > 0) return [...configured];
  const routed = await sourceAddress();
  const found = routed === null ? interfaceAddresses() : [routed];
  return [...new Set([...found, "127.0.0.1"])];
}

/**
 * Which of our addresses the kernel would use towards the world. Connecting a UDP socket chooses a route and sends
 * nothing; 192.0.2.1 is set aside for documentation (RFC 5737). `null`: no route.
 */
function sourceAddress(): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    const done = (address: string | null) => {
      socket.close();
      resolve(address);
    };
    socket.once("error", () => done(null));
    socket.connect(9, "192.0.2.1", () => {
      const { address } = socket.address();
      done(address === "0.0.0.0" ? null : address);
    });
  });
}

const interfaceAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => address.family === "IPv4" && !address.internal)
    .map((address) => address.address);
