import type { Office } from "@raadhuis/protocol";
import { createContext, useContext } from "react";

interface OfficeSession {
  office: Office;
  changed(office: Office): void;
  /** The session is over: ask to sign in again. */
  ended(): void;
}

export const OfficeContext = createContext<OfficeSession | null>(null);

export function useOffice(): OfficeSession {
  const session = useContext(OfficeContext);
  if (!session) throw new Error("Only within the office's gate.");
  return session;
}
