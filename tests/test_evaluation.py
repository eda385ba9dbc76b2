"""The formulas of JJF 1117 against numbers calculated by hand."""

from decimal import Decimal as D

import pytest

from standards.evaluation import Measured, NotComparable, birge_ratio, measured, normalised_error, weighted_mean

K2 = D(2)


def near(number, expected, places=6):
    return abs(number - D(expected)) < D(1).scaleb(-places)


class TestWeightedMean:
    """Three laboratories: y = 10.0, 10.2, 10.1 with u = 0.1, 0.2, 0.1.

    Weights 1/u² = 100, 25, 100; Σ = 225. Y = (100·10.0 + 25·10.2 + 100·10.1)/225 = (1000 + 255 + 1010)/225
    = 2265/225 = 10.066 666…; u = 1/√225 = 1/15 = 0.066 666…
    """

    RESULTS = (Measured(D("10.0"), D("0.1")), Measured(D("10.2"), D("0.2")), Measured(D("10.1"), D("0.1")))

    def test_it_works(self):
        mean = weighted_mean(self.RESULTS)
        assert near(mean.value, "10.0666666667")
        assert near(mean.u, "0.0666666667")

    def test_en_of_a_laboratory_that_is_in_it(self):
        """The first: y − Y = −0.066 666…; u² = 0.1² − (1/15)² = 0.01 − 0.004 444… = 0.005 555…; u = 0.074 535 6.

        En = −0.066 666… / (2 · 0.074 535 6) = −0.447 213 6: satisfactory. With a plus sign it would be −0.277 35.
        """
        mean = weighted_mean(self.RESULTS)
        assert near(normalised_error(self.RESULTS[0], mean, factor=K2, is_in_reference=True), "-0.4472136")
        assert near(normalised_error(self.RESULTS[0], mean, factor=K2), "-0.2773501")

    def test_en_of_a_laboratory_that_is_not_in_it(self):
        """y = 10.4, U = 0.2 (k = 2), so u = 0.1: y − Y = 0.333 333…; u² = 0.01 + 0.004 444…, u = 0.120 185.

        En = 0.333 333… / (2 · 0.120 185) = 1.386 750: unsatisfactory.
        """
        outside = measured(D("10.4"), D("0.2"), K2)
        assert near(normalised_error(outside, weighted_mean(self.RESULTS), factor=K2), "1.3867505")

    def test_agreement_of_the_results(self):
        """χ² = (−0.066 667/0.1)² + (0.133 333/0.2)² + (0.033 333/0.1)² = 0.444 44 + 0.444 44 + 0.111 11 = 1.

        √(1/(3 − 1)) = 0.707 107.
        """
        assert near(birge_ratio(self.RESULTS, weighted_mean(self.RESULTS)), "0.7071068")

    @pytest.mark.parametrize("results", [(), RESULTS[:1]])
    def test_it_rejects_fewer_than_two(self, results):
        with pytest.raises(NotComparable):
            weighted_mean(results)
        with pytest.raises(NotComparable):
            birge_ratio(results, Measured(D(1), D(1)))


class TestGivenReference:
    """Y = 100.000, U = 0.006 (k = 2): u_ref = 0.003."""

    REFERENCE = measured(D("100.000"), D("0.006"), K2)

    def test_satisfactory(self):
        """y = 100.008, U = 0.008 (k = 2): En = 0.008/√(0.008² + 0.006²) = 0.008/0.010 = 0.8."""
        result = measured(D("100.008"), D("0.008"), K2)
        assert near(normalised_error(result, self.REFERENCE, factor=K2), "0.8")

    def test_unsatisfactory(self):
        """y = 99.989: En = −0.011/0.010 = −1.1."""
        result = measured(D("99.989"), D("0.008"), K2)
        assert near(normalised_error(result, self.REFERENCE, factor=K2), "-1.1")

    def test_the_instability_of_the_transfer_standard_counts(self):
        """u_e = 0.012: u = √(0.004² + 0.003² + 0.012²) = √0.000 169 = 0.013; En = −0.011/(2 · 0.013) = −0.423 077.

        What was unsatisfactory with a stable transfer standard is satisfactory with this one.
        """
        result = measured(D("99.989"), D("0.008"), K2)
        assert near(normalised_error(result, self.REFERENCE, factor=K2, instability=D("0.012")), "-0.4230769")

    def test_uncertainties_at_other_coverage_factors_become_comparable(self):
        """y = 100.008 with U = 0.012 (k = 3) is u = 0.004, as U = 0.008 (k = 2) is: En = 0.8 again."""
        result = measured(D("100.008"), D("0.012"), D(3))
        assert near(normalised_error(result, self.REFERENCE, factor=K2), "0.8")


class TestItRejects:
    @pytest.mark.parametrize(("expanded", "factor"), [("0", "2"), ("-0.1", "2"), ("0.1", "0"), ("0.1", "-2")])
    def test_an_uncertainty_that_is_none(self, expanded, factor):
        with pytest.raises(NotComparable):
            measured(D(1), D(expanded), D(factor))

    def test_the_reference_value_itself(self):
        """A laboratory whose result alone is the reference value: u² − u² = 0."""
        only = Measured(D(10), D("0.1"))
        with pytest.raises(NotComparable):
            normalised_error(only, only, factor=K2, is_in_reference=True)
