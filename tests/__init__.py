"""What users rely on, said as tests."""
