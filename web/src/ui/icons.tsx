// The icons: one stroke, one grid of 24. Decoration only: a word stands beside each, or its button is
// labelled.
const paths = {
  home: "M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z",
  idea: "M9 18h6M10 21h4M12 3a6 6 0 0 0-3.6 10.8c.7.6 1.1 1.3 1.1 2.2h5c0-.9.4-1.6 1.1-2.2A6 6 0 0 0 12 3z",
  talk: "M4 5h16v11h-8l-5 4v-4H4z",
  ready: "M12 3 21 12 12 21 3 12z",
  vote: "M4 13v7h16v-7M8 9l3 3 6-7M2 13h20",
  work: "M4 20 14 10M13 4a5 5 0 0 1 7 7l-3-3-3 0 0-3z",
  done: "M4 12.5 9.5 18 20 6.5",
  flag: "M6 21V4h12l-3 4.5 3 4.500H6",
  task: "M5 4h14v16H5zM8.5 12l2.5 2.5 4.5-5",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 4.5a3.3 3.3 0 0 1 0 6.3M18 14.5c2 .8 3.2 2.6 3.5 5.5",
  hall: "M5 5.500h14V20H5zM5 10h14M9 3v4M15 3v4M9 14.500l2 2 4-4",
  more: "M4 7h16M4 12h16M4 17h16",
  place:
    "M12 21s-6.500-6-6.500-11a6.500 6.500 0 0 1 13 0c0 5-6.500 11-6.500 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
  book: "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11M9 8h6",
  me: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c.7-4.5 3.5-6.5 8-6.500s7.3 2 8 6.5",
  yes: "M4 12.5 9.5 18 20 6.5",
  no: "M6 6l12 12M18 6 6 18",
  abstain: "M5 12h14",
  blank: "M5 5h14v14H5z",
  plus: "M12 5v14M5 12h14",
  heart: "M12 20S4 15 4 9.300A4.3 4.3 0 0 1 12 7a4.3 4.3 0 0 1 8 2.300C20 15 12 20 12 20z",
  thumb:
    "M7 11v9H4v-9zM7 11l4-7c1.5 0 2.5 1 2.5 2.500V10H19a1.5 1.5 0 0 1 1.5 1.800l-1.2 6.700a1.8 1.8 0 0 1-1.8 1.500H7",
  question:
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.500a2.5 2.5 0 1 1 3.6 2.200c-.8.4-1.1.9-1.1 1.800M12 17v.1",
  star: "M12 3.500l2.6 5.4 5.9.8-4.3 4.1 1 5.900L12 16.900l-5.2 2.8 1-5.900L3.5 9.700l5.9-.800z",
  reply: "M10 6 4 12l6 6M4 12h9a7 7 0 0 1 7 7",
  coin: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM15.5 8.500a4.500 4.500 0 1 0 0 7M7 11h5M7 13.500h5",
  bell: "M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7zM10 20a2 2 0 0 0 4 0",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  key: "M8 15a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM11.5 10H21v4M17 10v3",
  warn: "M12 4 2.5 20h19zM12 10v4.500M12 17.500v.1",
  link: "M10 14a4 4 0 0 0 6 .500l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.500l-3 3a4 4 0 0 0 6 6l1-1",
  down: "M12 4v12M6 11l6 6 6-6M4 21h16",
  pause: "M8 5v14M16 5v14",
  next: "M9 5l7 7-7 7",
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
  device: "M7 2.500h10v19H7zM11 18.500h2",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

/** The sign of the program, as in favicon.svg. */
export function Sign({ size }: { size: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#1f4e8c" />
      <path
        d="M8 9.5h16a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4.5v-4.5H8a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2z"
        fill="#fff"
      />
      <path
        d="m11.5 15.6 3.2 3 6-6"
        fill="none"
        stroke="#00607a"
        stroke-width="2.4"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
