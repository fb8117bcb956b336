import pytest

from network.directory.services import load_network


@pytest.fixture
def network(db):
    """The network's reference data, as the portal ships it."""
    return {organisation.code: organisation for organisation in load_network()}
