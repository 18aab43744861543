import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

export interface HttpsWeather {
  lost: number;
  twice: number;
  longestMs: number;
}
type Serve = (body: unknown, reply: (answer: unknown) => void) => void;

/** Requests of cities to the province: lost, slow, delivered twice and out of order, or not at all while the road is cut. */
export interface HttpsRoad {
  weather: HttpsWeather;
  /** Cities that cannot reach the province. */
  cutOff: Set<string>;
  /** What the province answers; null while it is down. */
  serve: Record<string, Serve> | null;
  ask(city: string, path: string, body: unknown, answer: (answer: unknown) => void): void;
  /** Requests without an answer yet. */
  open(): number;
}

const TIMEOUT_MS = 15_000;

export function createHttpsRoad({ timeline, random }: { timeline: Timeline; random: Random }): HttpsRoad {
  let open = 0;
  const road: HttpsRoad = {
    weather: { lost: 0, twice: 0, longestMs: 30 },
    cutOff: new Set(),
    serve: null,
    open: () => open,
    ask(city, path, body, answer) {
      let isAnswered = false;
      open += 1;
      const end = (result: unknown) => {
        if (isAnswered) return;
        isAnswered = true;
        open -= 1;
        answer(result);
      };
      const { lost, twice, longestMs } = road.weather;
      const travel = (action: () => void) => {
        const isLost = random.chance(lost);
        timeline.in(random.between(2, longestMs), () => {
          if (road.cutOff.has(city)) return;
          if (isLost) end(null);
          else action();
        });
      };
      const deliver = () => {
        if (!road.serve) return end(null); // refused
        road.serve[path]!(body, (reply) => travel(() => end(reply)));
      };
      timeline.in(TIMEOUT_MS, () => end(null));
      travel(deliver);
      if (random.chance(twice)) timeline.in(random.between(0, 4_000), () => road.cutOff.has(city) || deliver());
    },
  };
  return road;
}
