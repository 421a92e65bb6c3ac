"""The package as an installation would have it. Run after generate.sh: python3 -m unittest discover clients/python/tests"""
import dataclasses
import inspect
import json
import pathlib
import sys
import tomllib
import unittest

HERE = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE / "src"))

import strata_client
from strata_client import aio, messages

CLIENTS = [
    (strata_client.Client, aio.Client),
    (strata_client.BackboneClient, aio.BackboneClient),
    (type(strata_client.connect("127.0.0.1:1").contexts), aio.contexts.Contexts),
]


def public(kind):
    """Public functions of a class, with those that it inherits."""
    return {name: member for name, member in inspect.getmembers(kind, inspect.isfunction) if not name.startswith("_")}


class PackageTests(unittest.TestCase):
    def test_pyproject_names_what_is_there(self):
        project = tomllib.loads((HERE / "pyproject.toml").read_text())
        self.assertEqual("strata-client", project["project"]["name"])
        self.assertTrue((HERE / project["project"]["readme"]).is_file())
        kept = [pattern for patterns in project["tool"]["setuptools"]["package-data"].values() for pattern in patterns]
        self.assertIn("py.typed", kept)
        self.assertTrue((HERE / "src" / "strata_client" / "py.typed").is_file())
        self.assertIn("*.json", kept)
        self.assertIn("*.pyi", kept)

    def test_stubs_are_typed(self):
        self.assertTrue(list((HERE / "src" / "strata_client" / "stubs").rglob("decode_pb2.pyi")))

    def test_every_exported_name_is_there(self):
        for module in (strata_client, aio):
            for name in module.__all__:
                self.assertTrue(hasattr(module, name), f"{module.__name__}.{name}")

    def test_every_public_method_says_what_it_does_and_its_types(self):
        for kind in (each for pair in CLIENTS for each in pair):
            for name, method in public(kind).items():
                with self.subTest(method=f"{kind.__module__}.{kind.__name__}.{name}"):
                    self.assertTrue(method.__doc__)
                    self.assertIsNot(inspect.signature(method).return_annotation, inspect.Signature.empty)

    def test_with_keeps_the_type(self):
        for waits, awaits in CLIENTS[:2]:
            self.assertEqual("C", inspect.signature(waits.__enter__).return_annotation)
            self.assertEqual("C", inspect.signature(awaits.__aenter__).return_annotation)

    def test_asyncio_has_the_same_calls_with_the_same_parameters(self):
        for waits, awaits in CLIENTS:
            self.assertEqual(public(waits).keys(), public(awaits).keys())
            for name in public(waits):
                with self.subTest(call=f"{waits.__name__}.{name}"):
                    self.assertEqual(
                        [(each.name, each.kind, each.default) for each in inspect.signature(getattr(waits, name)).parameters.values()],
                        [(each.name, each.kind, each.default) for each in inspect.signature(getattr(awaits, name)).parameters.values()])

    def test_retries_name_methods_of_the_contract(self):
        pools = messages.DecodeRequest.DESCRIPTOR.file.pool
        config = json.loads((HERE / "src" / "strata_client" / "service_config.json").read_text())
        for name in config["methodConfig"][0]["name"]:
            if name["service"].startswith("strata."):
                method = pools.FindServiceByName(name["service"]).methods_by_name[name["method"]]
                self.assertFalse(method.GetOptions().deprecated, name)


class OptionsTests(unittest.TestCase):
    def test_options_cannot_be_changed(self):
        with self.assertRaises(dataclasses.FrozenInstanceError):
            strata_client.ConnectOptions().tls = True

    def test_a_keyword_beside_a_whole_request_is_refused(self):
        with strata_client.connect("127.0.0.1:1") as client:
            with self.assertRaises(TypeError):
                client.decode(messages.DecodeRequest(text="x"), backbone="icl")
            with self.assertRaises(TypeError):
                client.batch_decode(messages.BatchDecodeRequest(texts=["x"]), backbone="icl")

    def test_in_flight_below_one_is_refused(self):
        with strata_client.connect("127.0.0.1:1") as client:
            with self.assertRaises(ValueError):
                client.decode_many(["x"], in_flight=0)


if __name__ == "__main__":
    unittest.main()
