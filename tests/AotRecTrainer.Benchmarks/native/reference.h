// The gradient of biased matrix factorization with compiler intrinsics: the mark that the C# kernels are held to.
#pragma once

// Users are rows of the ratings. A row of factors is exactly `factors` floats, aligned to its size up to 64 bytes; with 3 factors it is
// 4 floats, the fourth being 1 for a user and the bias for an item, and item biases are not read.
typedef struct {
    int factors;
    float mean;
    const int *offsets;
    const int *items;
    const float *ratings;
    const float *user_factors;
    const float *user_biases;
    const float *item_factors;
    const float *item_biases;
    float *user_gradient;           // overwritten
    float *user_bias_gradient;      // overwritten
    float *item_gradient;           // added to
    float *item_bias_gradient;      // added to
} reference_problem;

// Widest vectors that this was compiled for, in bits.
int reference_width(void);

// Gradients of half the sum of squared errors over users [from, to); returns the sum of squared errors, or -1 where there is no body
// for the number of factors: 256 bits take 3, 8, 16, 32, 64 and 512 bits 3, 16, 32, 64.
double reference_gradient_256(const reference_problem *problem, int from, int to);
double reference_gradient_512(const reference_problem *problem, int from, int to);
