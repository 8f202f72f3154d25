"""When and where does it run? The only folder that knows Prefect."""
