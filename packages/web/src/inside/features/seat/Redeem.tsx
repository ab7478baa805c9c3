import { useEffect, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { Notice } from "../../../design/parts/Notice.tsx";
import { redeem } from "../../api/seats.ts";
import { secretOnce } from "../../fragment.ts";
import { Waiting } from "./Waiting.tsx";

/** A personal link: exchanges its secret for this browser's session, and goes on without it. */
export default function Redeem() {
  const { meeting = "" } = useParams();
  const navigate = useNavigate();
  const [code, setCode] = useState<string | null>(null);
  useEffect(() => {
    const secret = secretOnce();
    if (secret === null) return setCode("link.unknown");
    void redeem(meeting, secret).then((result) => {
      if (result.ok) void navigate(`/m/${result.value.meeting}/${result.value.seat}`, { replace: true });
      else setCode(known(result.code));
    });
  }, [meeting, navigate]);
  return code === null ? <Waiting /> : <Notice code={code} />;
}

/** Codes that have a page of their own. */
const pages = ["link.unknown", "seat.removed", "meeting.over", "meeting.unknown", "request.too-many"];
const known = (code: string) =>
  pages.includes(code) ? code : code === "request.malformed" ? "link.unknown" : "house.failed";
