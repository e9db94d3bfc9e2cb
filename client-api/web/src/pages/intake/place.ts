/** A place as people type it: latitude and longitude. Undefined when nothing is typed, null when it is no place. */
export function placeOf(text: string): { latitude: number; longitude: number } | undefined | null {
  if (text.trim() === '') {
    return undefined;
  }
  const [latitude, longitude, ...rest] = text.split(/[,;\s]+/).filter(Boolean).map(Number);
  return latitude !== undefined && longitude !== undefined && rest.length === 0 && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}
