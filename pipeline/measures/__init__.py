"""What machines watch: figures of the record under the names of Prometheus."""
