/** The organ that a meeting is of, before its time and kind. */
export function Of({ organ }: { organ: string }) {
  return (
    <>
      <bdi data-testid="of-organ">{organ}</bdi> ·{" "}
    </>
  );
}
