"""The administration half of the desk: law as data, lists, withdrawals, holdings, workload."""
