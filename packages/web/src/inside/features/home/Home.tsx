import { useLoaderData } from "react-router";
import { ButtonLink } from "../../../design/parts/Button.tsx";
import { Page } from "../../../design/parts/Page.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { api } from "../../api/house.ts";
import { useWords } from "../../words.ts";
import styles from "./Home.module.css";

export const loader = () => api.house.get();

/** What this is, for whom, and the three ways on: these stand there also where the house does not answer. */
export function Component() {
  const { t } = useWords();
  const result = useLoaderData<Awaited<ReturnType<typeof loader>>>();
  const known = result.ok ? result.value : null;
  const lead = known?.body ? t("home.lead", { body: known.body }) : known ? t("home.leadNobody") : "";
  return (
    <Page title={t("home.title")} body={known?.body ?? null} wide intro={<p className="lead">{lead}</p>}>
      <Problem code={result.ok ? null : result.code} />
      <div className={styles.ways}>
        <section className="card">
          <h2>{t("home.watch.title")}</h2>
          <p>{t("home.watch.text")}</p>
          {known ? (
            <a className="utrecht-button-link utrecht-button utrecht-button--primary-action" href={known.gallery}>
              {t("home.watch.link")}
            </a>
          ) : null}
        </section>
        <section className="card">
          <h2>{t("home.take.title")}</h2>
          <p>{t("home.take.text")}</p>
        </section>
        <section className="card">
          <h2>{t("home.office.title")}</h2>
          <p>{t("home.office.text")}</p>
          <ButtonLink to="/office">{t("home.office.link")}</ButtonLink>
        </section>
      </div>
      {known?.demo ? <p className={`muted ${styles.demo}`}>{t("home.demo")}</p> : null}
    </Page>
  );
}
