"""Open pages are told of every change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from letters.preview.news import MOST_LISTENERS, News


async def next_of(events: AsyncIterator[bytes]) -> bytes:
    return await asyncio.wait_for(anext(events), 10)


def test_each_change_is_told_with_its_number() -> None:
    async def scene() -> list[bytes]:
        news = News()
        events = news.listen()
        told = [await next_of(events)]
        assert news.is_heard
        for _ in range(2):
            news.tell()
            told.append(await next_of(events))
        await events.aclose()
        assert not news.is_heard
        return told

    first, *changed = asyncio.run(scene())
    assert b"event:" not in first
    assert changed == [f"id: {n}\nevent: changed\ndata: {n}\n\n".encode() for n in (1, 2)]


def test_what_happened_before_is_no_news_unless_the_page_was_there() -> None:
    async def scene() -> tuple[bytes, bytes]:
        news = News()
        news.tell()
        fresh, back = news.listen(ping=0.01), news.listen(0, ping=0.01)
        await next_of(fresh)
        await next_of(back)
        return await next_of(fresh), await next_of(back)

    fresh, back = asyncio.run(scene())
    assert fresh == b": ping\n\n"
    assert b"event: changed" in back


def test_several_changes_at_once_are_one() -> None:
    async def scene() -> bytes:
        news = News()
        events = news.listen(ping=0.01)
        await next_of(events)
        news.tell()
        news.tell()
        assert b"data: 2" in await next_of(events)
        return await next_of(events)

    assert asyncio.run(scene()) == b": ping\n\n"


def test_the_end_of_the_server_is_the_end_of_the_news() -> None:
    async def scene() -> list[bytes]:
        news = News()
        events = news.listen()
        await next_of(events)
        asyncio.get_running_loop().call_later(0.05, news.close)
        return [event async for event in events]

    assert asyncio.run(asyncio.wait_for(scene(), 10)) == []


def test_the_page_that_listened_longest_makes_room() -> None:
    async def scene() -> tuple[list[bytes], bytes]:
        news = News()
        pages = [news.listen(ping=0.01) for _ in range(MOST_LISTENERS + 1)]
        for page in pages:
            await next_of(page)
        return [event async for event in pages[0]], await next_of(pages[1])

    sent_away, still_there = asyncio.run(asyncio.wait_for(scene(), 10))
    assert sent_away == []
    assert still_there == b": ping\n\n"
