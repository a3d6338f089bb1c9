"""Conflict Events: sourced, machine-readable conflict events from Arabic news.

The package imports no Airflow; what needs Airflow is handed in by ``dags/`` and ``plugins/conflict_events_plugin.py``.
"""

__version__ = "0.1.0"
