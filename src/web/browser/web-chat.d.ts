/** The part of Web Chat's Direct Line that the page touches. */
interface DirectLine {
  connectionStatus$: { subscribe(next: (status: number) => void): { unsubscribe(): void } };
  postActivity(activity: object): object;
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
