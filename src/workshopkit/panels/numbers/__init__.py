"""The facilitator's page of numbers: every measure of a map, each with its formula a click away."""
