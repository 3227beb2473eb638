// What the page of a vote shows after the card.
import "../app/pages";

export { Discussion } from "../discussion/discussion";
export { TellPeople } from "../ui/tell/tell";
export { toldPoll } from "../ui/tell/told";
export { Wish } from "./again";
export { About, Dates, Live } from "./beside";
export { Lead } from "./lead";
export { Outcome } from "./outcome";
