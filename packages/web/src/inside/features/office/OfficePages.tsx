import { Notice } from "../../../design/parts/Notice.tsx";

export default function OfficePages() {
  return <Notice code="request.not-found" />;
}
