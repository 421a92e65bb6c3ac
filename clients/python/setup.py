"""Generates the stubs when the package is built; everything else is in pyproject.toml."""
import pathlib
import subprocess

from setuptools import find_packages, setup

HERE = pathlib.Path(__file__).parent
if (HERE / "../../protos").is_dir():
    subprocess.run(["bash", str(HERE / "generate.sh")], check=True)

setup(packages=find_packages("src"), package_dir={"": "src"})
