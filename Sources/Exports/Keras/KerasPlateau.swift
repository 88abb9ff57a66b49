import Specs

/// A callback for a rate that warms up and is reduced on a plateau. Keras's ReduceLROnPlateau sets the rate, and the
/// rate of a schedule can't be set.
enum KerasPlateau {
    static let name = "WarmUpAndPlateau"

    static let source = """
        class WarmUpAndPlateau(callbacks.ReduceLROnPlateau):
            \"""Sets a rate that rises from 0 in a line over some steps, and is reduced on a plateau.\"""

            def __init__(self, rate, steps, **settings):
                super().__init__(**settings)
                self.rate, self.steps, self.step = rate, steps, 0

            def on_train_batch_begin(self, batch, logs=None):
                if self.step <= self.steps:
                    self.model.optimizer.learning_rate = self.rate * self.step / self.steps
                self.step += 1

            def on_epoch_end(self, epoch, logs=None):
                # What is reduced is the rate that the warm-up leads to, also before it is there.
                self.model.optimizer.learning_rate = self.rate
                super().on_epoch_end(epoch, logs)
                self.rate = float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate))

        """
}
