import { useEffect, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { Notice } from "../../../design/parts/Notice.tsx";
import type { Failure } from "../../api/request.ts";
import { redeem } from "../../api/seats.ts";
import { secretOnce } from "../../fragment.ts";
import { Waiting } from "./Waiting.tsx";

/** A personal link: exchanges its secret for this browser's session, and goes on without it. */
export default function Redeem() {
  const { meeting = "" } = useParams();
  const navigate = useNavigate();
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    const secret = secretOnce();
    if (secret === null) return setFailure({ ok: false, code: "link.unknown" });
    void redeem(meeting, secret).then((result) => {
      if (result.ok) void navigate(`/m/${result.value.meeting}/${result.value.seat}`, { replace: true });
      else setFailure(result);
    });
  }, [meeting, navigate]);
  return failure === null ? <Waiting /> : <Notice code={known(failure.code)} wait={failure.wait} />;
}

/** Codes that have a page of their own. */
const pages = [
  "link.unknown",
  "seat.removed",
  "meeting.over",
  "meeting.unknown",
  "request.too-many",
  "house.busy",
  "house.disk-full",
];
const known = (code: string) =>
  pages.includes(code) ? code : code === "request.malformed" ? "link.unknown" : "house.failed";
