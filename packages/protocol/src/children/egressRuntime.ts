/**
 * How an egress's runtime is started. What it has much of, frames, is not on V8's heap, so a nursery of V8's choice would
 * be 25 MB for nothing; and a frame's memory goes back to the system at once: glibc would keep it (its threshold grows
 * by itself up to 32 MB), some 60 MB of it where the picture turns often.
 */
export const egressRuntime = {
  flags: ["--max-semi-space-size=2"],
  env: { MALLOC_MMAP_THRESHOLD_: `${256 * 1024}` },
};
