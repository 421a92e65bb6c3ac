"""What the client does around a call, against a real server: python3 -m unittest discover clients/python/tests"""
import asyncio
import unittest
from datetime import timedelta

import grpc
from server import Server

import strata_client
from strata_client import StrataError, aio


def broken_texts():
    yield "one"
    raise LookupError("the caller's")


class ClientTests(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(Server())

    def client(self, **options):
        return self.enterContext(strata_client.connect(self.server.address, strata_client.ConnectOptions(**options)))

    def test_key_is_sent_as_bearer(self):
        self.client(api_key="secret").decode("x")
        self.assertEqual("Bearer secret", self.server.metadata["authorization"])

    def test_without_key_nothing_is_sent(self):
        self.client().decode("x")
        self.assertNotIn("authorization", self.server.metadata)

    def test_deadline_is_the_calls_else_the_default(self):
        client = self.client(default_deadline=100)
        client.decode("x")
        self.assertTrue(60 < self.server.seconds_left < 101)
        client.decode("x", deadline=20)
        self.assertTrue(0 < self.server.seconds_left < 21)

    def test_error_has_all_that_the_server_said(self):
        with self.assertRaises(StrataError) as caught:
            self.client().decode("busy")
        error = caught.exception
        self.assertEqual((grpc.StatusCode.RESOURCE_EXHAUSTED, "OVERLOADED", "strata.dev"), (error.code, error.reason, error.domain))
        self.assertEqual({"queued": "7"}, error.metadata)
        self.assertEqual(timedelta(seconds=1.5), error.retry_delay)

    def test_details_that_are_none_leave_the_status(self):
        with self.assertRaises(StrataError) as caught:
            self.client().decode("broken")
        self.assertEqual((grpc.StatusCode.INTERNAL, "", "broken"), (caught.exception.code, caught.exception.reason, caught.exception.message))

    def test_the_callers_own_iterable_fails_where_the_answers_are_read(self):
        with self.assertRaises(LookupError):
            list(self.client().decode_many(broken_texts()))

    def test_leaving_a_stream_ends_it_at_the_server(self):
        with self.client().explain("x") as events:
            next(events)
        self.assertTrue(self.server.cancelled.wait(30))

    def test_in_flight_bounds_what_is_unanswered(self):
        answers = self.client().decode_many((str(i) for i in range(100)), in_flight=3)
        for answered in range(100):
            self.assertLessEqual(self.server.received, answered + 3)
            next(answers)
        self.assertEqual(100, self.server.received)


class AsyncClientTests(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.server = self.enterContext(Server())

    async def client(self, **options):
        return await self.enterAsyncContext(aio.connect(self.server.address, strata_client.ConnectOptions(**options)))

    async def test_key_and_deadline_are_sent(self):
        await (await self.client(api_key="secret", default_deadline=100)).decode("x")
        self.assertEqual("Bearer secret", self.server.metadata["authorization"])
        self.assertTrue(60 < self.server.seconds_left < 101)

    async def test_error_has_its_reason(self):
        with self.assertRaises(StrataError) as caught:
            await (await self.client()).decode("busy")
        self.assertEqual(("OVERLOADED", timedelta(seconds=1.5)), (caught.exception.reason, caught.exception.retry_delay))

    async def test_the_callers_own_iterable_fails_where_the_answers_are_read(self):
        with self.assertRaises(LookupError):
            async for _ in (await self.client()).decode_many(broken_texts()):
                pass

    async def test_leaving_a_stream_ends_it_at_the_server(self):
        async with (await self.client()).explain("x") as events:
            await events.__anext__()
        self.assertTrue(await asyncio.to_thread(self.server.cancelled.wait, 30))

    async def test_a_cancelled_task_is_no_error_of_the_call(self):
        events = (await self.client()).explain("x")
        await events.__anext__()
        waiting = asyncio.ensure_future(events.__anext__())
        await asyncio.sleep(0)
        waiting.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await waiting


if __name__ == "__main__":
    unittest.main()
