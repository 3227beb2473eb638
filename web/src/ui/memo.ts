// A component that renders again only when one of its properties is another value (or a signal it read
// has changed): what keeps a list of hundreds still while one of them moves.
import { Component, type ComponentChild, type FunctionComponent, h } from "preact";

export function memo<P extends object>(inner: FunctionComponent<P>): FunctionComponent<P> {
  class Still extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const keys = new Set([...Object.keys(this.props), ...Object.keys(next)]) as Set<keyof P>;
      for (const key of keys) if ((this.props as P)[key] !== next[key]) return true;
      return false;
    }
    override render(): ComponentChild {
      return h(inner, this.props as P & { children?: never });
    }
  }
  return Still as unknown as FunctionComponent<P>;
}
