"""Items to Stories: article text, dates, credits, shortcodes and other repairs, and refusals with a reason."""
