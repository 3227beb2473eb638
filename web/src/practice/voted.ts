// Whether this browser has ever got a receipt back: those who have not are offered a practice vote.
const place = "palabre-voted";

export function noteVoted(): void {
  try {
    localStorage.setItem(place, "1");
  } catch {
    // A browser that keeps nothing is offered it again.
  }
}

export function hasVoted(): boolean {
  try {
    return localStorage.getItem(place) === "1";
  } catch {
    return false;
  }
}
