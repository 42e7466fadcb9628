"""Law as data: deadlines, holidays, fees, who approves, reasons for refusing, letters; versions with author and day."""
