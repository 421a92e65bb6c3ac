"""A typed error in the words of the suite."""


def describe(failure):
    """A typed error in the words of the suite."""
    return {
        "code": failure.code.name,
        "reason": failure.reason,
        "domain": failure.domain,
        "message": failure.message,
        "metadata": failure.metadata,
        "violations": [vars(violation) for violation in failure.violations],
    }
