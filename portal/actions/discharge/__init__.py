"""The parts of recording a discharge, see portal/actions/discharges.py."""
