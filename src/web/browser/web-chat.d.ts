/** What the server answers when it gives out a token. */
interface Grant {
  conversationId: string;
  token: string;
  /** Seconds until the token's end. */
  expires_in: number;
  /** Absent for the first token of a hosted Direct Line. */
  streamUrl?: string;
  /** Address of a hosted Direct Line; our own where absent. */
  domain?: string;
}

/** The part of an observable that Web Chat and the page use. */
interface Subscribable {
  subscribe(observer: object): { unsubscribe(): void };
}

/** The part of Web Chat's Direct Line that the page touches. */
interface DirectLine {
  connectionStatus$: { subscribe(next: (status: number) => void): { unsubscribe(): void } };
  postActivity(activity: object): Subscribable;
  reconnect(grant: Grant): void;
  end(): void;
}

/** The part of Web Chat's store that the page touches. */
interface WebChatStore {
  getState(): { sendBoxValue?: string };
}

interface Window {
  /** Web Chat's own script puts this here. */
  WebChat: {
    createDirectLine(options: object): DirectLine;
    createStore(initial: object): WebChatStore;
    renderWebChat(props: object, element: HTMLElement): void;
  };
}
