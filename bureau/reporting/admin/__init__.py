from bureau.reporting.admin import defined, entered_value, office_template, summary_text, target

__all__ = ["defined", "entered_value", "office_template", "summary_text", "target"]
