"""Words seen on pictures: two recognisers that know nothing of each other, and what to believe of them."""
