import { type ReactNode, useEffect } from "react";
import { useWords } from "../../i18n/hooks.ts";
import { joined } from "../../i18n/isolate.ts";
import { LanguageSwitch } from "./LanguageSwitch.tsx";
import { SkipLink } from "./SkipLink.tsx";
import "./page.css";

interface Props {
  /** Heading and document title. */
  title: string;
  /** The body's name; the house's where it is not known. */
  body?: string | null;
  home?: string;
  nav?: ReactNode;
  intro?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** The frame of every page but the chamber: skip link, header, main, footer. */
export function Page({ title, body, home = "/", nav, intro, wide, children }: Props) {
  const { t } = useWords();
  useTitle(title, body);
  return (
    <>
      <SkipLink />
      <header className="page-header">
        <a className="brand" href={home}>
          <img src="/favicon.svg" alt="" width="32" height="32" />
          <bdi>{body ?? t("page.house")}</bdi>
        </a>
        {nav ? (
          <nav aria-label={t("page.nav")} className="page-nav">
            {nav}
          </nav>
        ) : null}
        <LanguageSwitch />
      </header>
      <main id="main" tabIndex={-1} className={wide ? "page-main page-main--wide" : "page-main"}>
        <div className="page-head">
          <h1 className="utrecht-heading-1">
            <bdi>{title}</bdi>
          </h1>
          {intro}
        </div>
        {children}
      </main>
      <footer className="page-footer">{t("page.footer")}</footer>
    </>
  );
}

/** Titles hold no secret and no person's name: only the page and the body. */
export function useTitle(title: string, body?: string | null): void {
  useEffect(() => {
    document.title = joined([title, body]);
  }, [title, body]);
}
