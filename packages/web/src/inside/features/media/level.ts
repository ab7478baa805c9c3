/** Tells the loudness of a track, 0..100, ten times a second, until the answer is called. */
export function levelOf(track: MediaStreamTrack, tell: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    // -60 dBFS is silence, 0 dBFS is full.
    const decibels = 10 * Math.log10(power + 1e-12);
    tell(Math.round(Math.max(0, Math.min(100, ((decibels + 60) / 60) * 100))));
  }, 100);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
