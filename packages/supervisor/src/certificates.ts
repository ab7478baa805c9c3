import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import type { Door, Settings } from "@raadhuis/protocol/settings";

/** What is wrong with a door's certificate or key. `warning`: browsers will complain or soon will, and the house can start. */
export interface CertificateProblem {
  code: "certificate.unreadable" | "certificate.not-pem" | "certificate.other-key" | "certificate.other-host";
  message: string;
}
export interface CertificateWarning {
  code: "certificate.expired" | "certificate.expires" | "certificate.not-yet";
  message: string;
}

const DAY_MS = 24 * 3600_000;
/** Renewal by itself (ACME) happens earlier than this before the end. */
const SOON_MS = 14 * DAY_MS;

/** Looks at the files of both doors as browsers will, before anything starts. */
export function lookAtCertificates(
  { chamber, gallery }: Settings,
  now = Date.now(),
): { problems: CertificateProblem[]; warnings: CertificateWarning[] } {
  const doors = [lookAt(chamber, "RAADHUIS", now), lookAt(gallery, "RAADHUIS_GALLERY", now)];
  return { problems: doors.flatMap(({ problems }) => problems), warnings: doors.flatMap(({ warnings }) => warnings) };
}

function lookAt({ tls, url }: Door, prefix: string, now: number) {
  const problems: CertificateProblem[] = [];
  const warnings: CertificateWarning[] = [];
  if (tls.kind !== "files") return { problems, warnings };
  const named = { cert: `${prefix}_TLS_CERT=${tls.cert}`, key: `${prefix}_TLS_KEY=${tls.key}` };
  const read = <T>(file: string, name: string, what: string, parse: (text: Buffer) => T): T | null => {
    let text: Buffer;
    try {
      text = readFileSync(file);
    } catch (error) {
      problems.push({ code: "certificate.unreadable", message: `${name} cannot be read (${reasonOf(error)}).` });
      return null;
    }
    try {
      if (!text.includes("-----BEGIN ")) throw new Error("no PEM");
      return parse(text);
    } catch {
      problems.push({ code: "certificate.not-pem", message: `${name} holds no ${what} in PEM.` });
      return null;
    }
  };
  const cert = read(tls.cert, named.cert, "certificate", (text) => new X509Certificate(text));
  const key = read(tls.key, named.key, "private key without a passphrase", (text): KeyObject => createPrivateKey(text));
  if (cert && key && !cert.checkPrivateKey(key))
    problems.push({ code: "certificate.other-key", message: `${named.key} is not the key of ${named.cert}.` });
  if (cert && !isFor(cert, new URL(url).hostname))
    problems.push({
      code: "certificate.other-host",
      message: `${named.cert} is not for ${new URL(url).hostname}, which ${prefix}_URL says people type: it is for ${cert.subjectAltName ?? cert.subject.replaceAll("\n", ", ")}.`,
    });
  if (cert) warnings.push(...datesOf(cert, named.cert, now));
  return { problems, warnings };
}

function isFor(cert: X509Certificate, hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "");
  return (isIP(host) ? cert.checkIP(host) : cert.checkHost(host)) !== undefined;
}

function* datesOf({ validFromDate, validToDate }: X509Certificate, name: string, now: number) {
  const left = validToDate.getTime() - now;
  const end = validToDate.toISOString();
  if (validFromDate.getTime() > now)
    yield {
      code: "certificate.not-yet",
      message: `${name} begins on ${validFromDate.toISOString()}: is this machine's clock right?`,
    } as const;
  if (left <= 0)
    yield { code: "certificate.expired", message: `${name} expired on ${end}: browsers let nobody in.` } as const;
  else if (left < SOON_MS)
    yield {
      code: "certificate.expires",
      message: `${name} expires on ${end}, in ${Math.floor(left / DAY_MS)} days. A new one is read at the next start.`,
    } as const;
}

const reasonOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);
