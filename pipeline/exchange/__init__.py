"""What is handed over: the administrative file of a case (ENI), and the data of one person."""
