"""The demonstration lies in one folder, and can be gone on with there after it was killed."""

from desk.cli.demo import own_settings
from pipeline.settings import load


def test_the_folder_of_the_demonstration_says_the_same_as_its_environment(tmp_path):
    """`ventanilla up` in that folder works on with the same papers, ports and key."""
    environment = own_settings(tmp_path)

    assert load(environ={}, folder=tmp_path) == load(environ=environment, folder=tmp_path)
