import Reports
import Testing
import Training

/// The lines that tell how training goes, with losses of any size.
struct ProgressLineTests {
    private static func epoch(_ loss: Double) -> EpochLine {
        EpochLine(
            figures: EpochFigures(
                epoch: 3, loss: loss, accuracy: 0.0987, validationLoss: 10 * loss, validationAccuracy: 0.1,
                learningRate: 1, seconds: 1.25),
            epochs: 20)
    }

    @Test("An epoch's line has every figure whole, in 80 columns, however large the loss is")
    func epochs() {
        #expect(
            Self.epoch(0.25).text(width: 80)
                == "epoch 3/20  loss 0.2500  acc 0.0987  val_loss 2.5000  val_acc 0.1000  1.25 s")
        #expect(
            Self.epoch(18_012_345_678).text(width: 80)
                == "epoch 3/20 loss 1.8012e10 acc 0.0987 val_loss 1.8012e11 val_acc 0.1000 1.25 s")
        #expect(
            Self.epoch(123_456.75).text(width: 100)
                == "epoch 3/20  loss 123456.7500  accuracy 0.0987  val_loss 1.2346e6  val_accuracy 0.1000  1.25 s")
        #expect(
            Self.epoch(3e38).text(width: 100)
                == "epoch 3/20  loss 3.0000e38  accuracy 0.0987  val_loss 3.0000e39  val_accuracy 0.1000  1.25 s")
    }

    @Test(
        "A bar gives way to the figures, and the loss is never cut",
        arguments: [
            (80, "epoch 3/20 [#####------------------] loss 1.8012e10  512,000 images/s  1:05 left"),
            (66, "epoch 3/20 [##-------] loss 1.8012e10  512,000 images/s  1:05 left"),
            (60, "epoch 3/20 loss 1.8012e10  512,000 images/s  1:05 left"),
            (40, "epoch 3/20 loss 1.8012e10  1:05 left"), (26, "epoch 3/20 loss 1.8012e10"),
            (20, "loss 1.8012e10"), (10, ""), (0, ""),
        ])
    func bar(width: Int, text: String) {
        let line = BarLine(
            name: "epoch 3/20", share: 0.26, loss: 18_012_345_678, pace: 512_000, secondsLeft: 65)
        #expect(line.text(width: width) == text)
        #expect(text.count <= width)
    }

    @Test(
        "Figures keep their digits, as decimals or with a power of ten",
        arguments: [
            (0.25, "0.2500"), (999_999.5, "999999.5000"), (1e6, "1.0000e6"), (-2.5e7, "-2.5000e7"), (1e-9, "0.0000"),
            (1e300, "1.0000e300"), (.infinity, "inf"), (.nan, "nan"),
        ])
    func fixed(value: Double, text: String) { #expect(FigureText.fixed(value, 4) == text) }
}
