import type { Location } from '../protocol/messages';

export type Place = { kind: 'found'; location: Location } | { kind: 'none'; problem: string };

const PROBLEMS: Record<number, string> = {
  1: 'This browser may not know your location.',
  2: 'Your location could not be found.',
  3: 'Finding your location took too long.',
};

/** Asks the browser, and so the person, only when this is called. */
export function currentLocation(): Promise<Place> {
  if (!('geolocation' in navigator)) {
    return Promise.resolve({ kind: 'none', problem: 'This browser cannot tell your location.' });
  }
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          kind: 'found',
          location: { lat: coords.latitude, lng: coords.longitude, accuracy: coords.accuracy },
        }),
      ({ code }) => resolve({ kind: 'none', problem: PROBLEMS[code] ?? 'Your location could not be found.' }),
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 30_000 },
    );
  });
}
