"""Tests of the page, each acting as a person would in a real Chromium."""
