// All topics, and the table CK_TABLE of their kernels. A file includes this for each level that there is; the functions
// are static, so each level has its own.
#include "CKernels.h"
#include "level.h"

#include "topics/activations.h"
#include "topics/adam.h"
#include "topics/batch_normalization.h"
#include "topics/bytes.h"
#include "topics/distortion.h"
#include "topics/elementwise.h"
#include "topics/losses.h"
#include "topics/narrow.h"
#include "topics/optimizers.h"
#include "topics/products.h"
#include "topics/softmax.h"
#include "topics/sparse.h"

#define ACTIVATION_PAIR(name) .name = {ck_##name##_forward, ck_##name##_backward}

extern const ck_kernels CK_TABLE;
const ck_kernels CK_TABLE = {
    ACTIVATION_PAIR(relu),
    ACTIVATION_PAIR(rectifier),
    ACTIVATION_PAIR(hard_sigmoid),
    ACTIVATION_PAIR(hard_tanh),
    ACTIVATION_PAIR(hard_silu),
    ACTIVATION_PAIR(soft_shrink),
    ACTIVATION_PAIR(hard_shrink),
    ACTIVATION_PAIR(threshold),
    ACTIVATION_PAIR(sparse_sigmoid),
    ACTIVATION_PAIR(sparse_plus),
    ACTIVATION_PAIR(elu),
    ACTIVATION_PAIR(selu),
    ACTIVATION_PAIR(celu),
    ACTIVATION_PAIR(exponential),
    ACTIVATION_PAIR(sigmoid),
    ACTIVATION_PAIR(tanh),
    ACTIVATION_PAIR(softplus),
    ACTIVATION_PAIR(log_sigmoid),
    ACTIVATION_PAIR(tanh_shrink),
    ACTIVATION_PAIR(silu),
    ACTIVATION_PAIR(softsign),
    ACTIVATION_PAIR(squareplus),
    ACTIVATION_PAIR(gelu),
    ACTIVATION_PAIR(gelu_tanh),
    ACTIVATION_PAIR(mish),
    ACTIVATION_PAIR(softmax_rows),
    ACTIVATION_PAIR(log_softmax_rows),
    ACTIVATION_PAIR(sparsemax_rows),
    .softmax_forward = ck_softmax_forward,
    .softmax_cross_entropy = ck_softmax_cross_entropy,
    .softmax_loss = ck_softmax_loss,
    .batch_normalization_forward = ck_batch_normalization_forward,
    .batch_normalization_backward = ck_batch_normalization_backward,
    .scale_and_shift = ck_scale_and_shift,
    .sgd = ck_sgd,
    .momentum = ck_momentum,
    .rmsprop = ck_rmsprop,
    .adam = ck_adam,
    .amsgrad = ck_amsgrad,
    .adamax = ck_adamax,
    .nadam = ck_nadam,
    .adagrad = ck_adagrad,
    .adadelta = ck_adadelta,
    .ftrl = ck_ftrl,
    .ftrl_power = ck_ftrl_power,
    .lion = ck_lion,
    .schedule_free = ck_schedule_free,
    .factor_sums = ck_factor_sums,
    .factored_direction = ck_factored_direction,
    .adafactor_vector = ck_adafactor_vector,
    .lamb_direction = ck_lamb_direction,
    .muon_momentum = ck_muon_momentum,
    .scale = ck_scale,
    .clip = ck_clip,
    .average = ck_average,
    .max_norm = ck_max_norm,
    .broadcast_rows = ck_broadcast_rows,
    .column_sums = ck_column_sums,
    .sum_of_squares = ck_sum_of_squares,
    .sum_of_magnitudes = ck_sum_of_magnitudes,
    .add_penalty = ck_add_penalty,
    .dropout = ck_dropout,
    .gaussian_noise = ck_gaussian_noise,
    .gather = ck_gather,
    .pack_rows = ck_pack_rows,
    .transpose_bytes = ck_transpose_bytes,
    .sparse_forward = ck_sparse_forward,
    .sparse_gradient = ck_sparse_gradient,
    .sparse_adam = ck_sparse_adam,
    .distort = ck_distort,
    .add_noise = ck_add_noise,
#if CK_LEVEL == 4
    .has_products = 1,
    .narrow_forward = ck_narrow_forward,
    .narrow_gradient = ck_narrow_gradient,
    .narrow_adam = ck_narrow_adam,
    .product_forward = ck_product_forward,
    .product_transposed = ck_product_transposed,
    .product_adam = ck_product_adam,
#endif
};
