"""What Prefect runs by the clock or when asked: each a thin shell over a plain function of `pipeline`."""
