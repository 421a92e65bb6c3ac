"""What the client does around a call, against a real server: python3 -m unittest discover clients/python/tests"""
import asyncio
import io
import math
import threading
import unittest
from datetime import timedelta

import grpc
from server import Server

import strata_client
from strata_client import StrataError, aio, messages
from strata_client.answer import answer_of


def broken_texts():
    yield "one"
    raise LookupError("the caller's")


class FailingFile(io.RawIOBase):
    """One block, and then a failing disk."""

    def __init__(self):
        self.read_before = False

    def read(self, size=-1):
        if self.read_before:
            raise IsADirectoryError("the caller's")
        self.read_before = True
        return bytes(size)

    def write(self, data):
        raise IsADirectoryError("the caller's")


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
        client.decode("x", deadline=math.inf)
        self.assertGreater(self.server.seconds_left, 1e9)

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

    def test_details_of_an_answer_that_are_none_leave_its_status(self):
        answer = messages.DecodeStreamResponse(id=3, error={"code": 13, "message": "broken"})
        answer.error.details.add(type_url="type.googleapis.com/google.rpc.ErrorInfo", value=b"\xff")
        error = answer_of(answer).error
        self.assertEqual((grpc.StatusCode.INTERNAL, "", "broken"), (error.code, error.reason, error.message))

    def test_the_callers_own_iterable_fails_where_the_answers_are_read(self):
        with self.assertRaises(LookupError):
            list(self.client().decode_many(broken_texts()))

    def test_the_callers_failure_is_raised_once(self):
        with self.client().decode_many(broken_texts()) as answers:
            with self.assertRaises(LookupError):
                list(answers)

    def test_a_stream_that_nobody_reads_leaves_no_thread(self):
        feeding = []

        def texts():
            feeding.append(threading.current_thread())
            while True:
                taken.release()
                yield "x"

        taken = threading.Semaphore(0)
        answers = self.client().decode_many(texts(), in_flight=3)
        next(answers)  # A call that the server never saw would not be cancelled there.
        for _ in range(5):
            taken.acquire()  # The fifth waits for the second answer to be read.
        del answers
        self.assertTrue(self.server.cancelled.wait(30))
        feeding[0].join(30)
        self.assertFalse(feeding[0].is_alive())

    def test_import_of_a_failing_file_raises_what_the_file_did(self):
        with self.assertRaises(IsADirectoryError):
            self.client().contexts.import_(FailingFile())

    def test_export_into_a_failing_file_ends_the_call(self):
        with self.assertRaises(IsADirectoryError):
            self.client().contexts.export("id", FailingFile())
        self.assertTrue(self.server.cancelled.wait(30))

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

    async def test_a_deadline_can_be_infinite(self):
        await (await self.client()).decode("x", deadline=math.inf)
        self.assertGreater(self.server.seconds_left, 1e9)

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

    async def test_import_of_a_failing_file_raises_what_the_file_did(self):
        with self.assertRaises(IsADirectoryError):
            await (await self.client()).contexts.import_(FailingFile())

    async def test_export_into_a_failing_file_ends_the_call(self):
        try:
            await (await self.client()).contexts.export("id", FailingFile())
        except IsADirectoryError as failure:
            kept = failure  # With its frames, as a log or a debugger would.
        self.assertTrue(await asyncio.to_thread(self.server.cancelled.wait, 30))
        del kept

    async def waiting_texts(self):
        try:
            yield "x"
            await asyncio.Event().wait()
        finally:
            self.texts_ended.set()

    async def test_a_refused_stream_ends_the_task_that_waits_for_texts(self):
        self.texts_ended, self.server.refuse_stream = asyncio.Event(), True
        answers = (await self.client()).decode_many(self.waiting_texts())
        with self.assertRaises(StrataError):
            await answers.__anext__()
        await asyncio.wait_for(self.texts_ended.wait(), 30)

    async def test_a_stream_that_nobody_reads_ends(self):
        self.texts_ended = asyncio.Event()
        answers = (await self.client()).decode_many(self.waiting_texts())
        await answers.__anext__()
        del answers
        await asyncio.wait_for(self.texts_ended.wait(), 30)
        self.assertTrue(await asyncio.to_thread(self.server.cancelled.wait, 30))

    async def test_close_ends_a_call_in_flight_with_an_error(self):
        client = await self.client()
        self.texts_ended = asyncio.Event()
        answers = client.decode_many(self.waiting_texts())
        await answers.__anext__()
        waiting = asyncio.ensure_future(answers.__anext__())
        await asyncio.sleep(0)
        await client.close()
        with self.assertRaises(StrataError) as caught:
            await waiting
        self.assertEqual(grpc.StatusCode.CANCELLED, caught.exception.code)

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
