// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

/** Yields the items of all pages; `fetch` gives one page and the token of the next. */
export async function* allPages<T>(fetch: (pageToken: string) => Promise<[items: T[], nextPageToken: string]>): AsyncGenerator<T, void, undefined> {
  let token = "";
  do {
    const [items, next] = await fetch(token);
    yield* items;
    token = next;
  } while (token !== "");
}
