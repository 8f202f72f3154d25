CREATE DATABASE prefect OWNER ventanilla;
