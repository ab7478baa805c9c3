import type { Office } from "@raadhuis/protocol";
import { createContext, useContext } from "react";

interface OfficeSession {
  office: Office;
  /** The house says anew what holds for the body. */
  changed(office: Office): void;
  /** The clerk has signed out. */
  ended(): void;
  /** Asks them to sign in again, over the page; resolves to whether they have. */
  signInAgain(): Promise<boolean>;
  /** Where what this clerk types is kept. */
  draftOf(form: string): string;
}

export const OfficeContext = createContext<OfficeSession | null>(null);

export function useOffice(): OfficeSession {
  const session = useContext(OfficeContext);
  if (!session) throw new Error("Only within the office's gate.");
  return session;
}
