import type { Failure } from "@raadhuis/client";
import type { Office } from "@raadhuis/protocol/http";
import { createContext, useContext } from "react";

interface OfficeSession {
  office: Office;
  /** Resolves to why they could not be signed out: then they still are. */
  signOut(): Promise<Failure | null>;
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
