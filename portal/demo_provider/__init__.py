"""The demonstration's identity provider, "VNeID (thử nghiệm)": a process that never runs beside real data."""
