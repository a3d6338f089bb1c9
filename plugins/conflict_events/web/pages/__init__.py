"""The pages in Airflow: events on a map, one event with its evidence, one run; read only, over `latest/`."""
