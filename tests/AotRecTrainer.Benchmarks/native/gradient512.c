#include "reference.h"

#ifndef __AVX512F__

double reference_gradient_512(const reference_problem *problem, int from, int to)
{
    (void)problem, (void)from, (void)to;
    return -1;
}

#else

#include <immintrin.h>

#define INLINE static inline __attribute__((always_inline))

INLINE __m128 fold(__m512 v)
{
    __m256 y = _mm256_add_ps(_mm512_castps512_ps256(v), _mm512_extractf32x8_ps(v, 1));
    return _mm_add_ps(_mm256_castps256_ps128(y), _mm256_extractf128_ps(y, 1));
}

INLINE float sum128(__m128 v)
{
    v = _mm_add_ps(v, _mm_movehl_ps(v, v));
    return _mm_cvtss_f32(_mm_add_ss(v, _mm_movehdup_ps(v)));
}

// The four sums, side by side.
INLINE __m128 sum_each(__m512 a, __m512 b, __m512 c, __m512 d)
{
    __m512 ab = _mm512_add_ps(_mm512_unpacklo_ps(a, b), _mm512_unpackhi_ps(a, b));
    __m512 cd = _mm512_add_ps(_mm512_unpacklo_ps(c, d), _mm512_unpackhi_ps(c, d));
    return fold(_mm512_add_ps(_mm512_shuffle_ps(ab, cd, 0x44), _mm512_shuffle_ps(ab, cd, 0xEE)));
}

INLINE __m512 products(const __m512 *p, const float *q, int n)
{
    __m512 s = _mm512_mul_ps(p[0], _mm512_load_ps(q));
    for (int a = 1; a < n; a++) s = _mm512_fmadd_ps(p[a], _mm512_load_ps(q + 16 * a), s);
    return s;
}

INLINE void add_rating(float e, const __m512 *p, __m512 *gp, const float *q, float *gq, int n)
{
    __m512 ev = _mm512_set1_ps(e);
    for (int a = 0; a < n; a++) {
        gp[a] = _mm512_fmadd_ps(ev, _mm512_load_ps(q + 16 * a), gp[a]);
        _mm512_store_ps(gq + 16 * a, _mm512_fmadd_ps(ev, p[a], _mm512_load_ps(gq + 16 * a)));
    }
}

// Rows of n vectors, four ratings in a step.
INLINE double rows(const reference_problem *m, int from, int to, int n)
{
    int k = 16 * n;
    double loss = 0;
    for (int u = from; u < to; u++) {
        __m512 p[4], gp[4];
        for (int a = 0; a < n; a++) {
            p[a] = _mm512_load_ps(m->user_factors + (long)u * k + 16 * a);
            gp[a] = _mm512_setzero_ps();
        }
        float c = m->mean + m->user_biases[u], gb = 0, l = 0;
        __m128 gbs = _mm_setzero_ps(), ls = _mm_setzero_ps();
        int j = m->offsets[u], end = m->offsets[u + 1];
        for (; j + 4 <= end; j += 4) {
            const float *q[4];
            float *gq[4], e[4];
            __m512 s[4];
            for (int b = 0; b < 4; b++) {
                q[b] = m->item_factors + (long)m->items[j + b] * k;
                gq[b] = m->item_gradient + (long)m->items[j + b] * k;
                s[b] = products(p, q[b], n);
            }
            const float *bias = m->item_biases;
            const int *i = m->items + j;
            __m128 known = _mm_sub_ps(_mm_set1_ps(c), _mm_loadu_ps(m->ratings + j));
            known = _mm_add_ps(known, _mm_set_ps(bias[i[3]], bias[i[2]], bias[i[1]], bias[i[0]]));
            __m128 x = _mm_add_ps(sum_each(s[0], s[1], s[2], s[3]), known);
            gbs = _mm_add_ps(gbs, x);
            ls = _mm_fmadd_ps(x, x, ls);
            _mm_storeu_ps(e, x);
            for (int b = 0; b < 4; b++) {
                add_rating(e[b], p, gp, q[b], gq[b], n);
                m->item_bias_gradient[i[b]] += e[b];
            }
        }
        for (; j < end; j++) {
            int i = m->items[j];
            const float *q = m->item_factors + (long)i * k;
            float e = sum128(fold(products(p, q, n))) + c + m->item_biases[i] - m->ratings[j];
            add_rating(e, p, gp, q, m->item_gradient + (long)i * k, n);
            m->item_bias_gradient[i] += e;
            gb += e;
            l += e * e;
        }
        for (int a = 0; a < n; a++) _mm512_store_ps(m->user_gradient + (long)u * k + 16 * a, gp[a]);
        m->user_bias_gradient[u] = gb + sum128(gbs);
        loss += l + sum128(ls);
    }
    return loss;
}

INLINE __m256 pair(const float *a, const float *b)
{
    return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_load_ps(a)), _mm_load_ps(b), 1);
}

INLINE __m512 load_four(const float *rows, const int *i)
{
    return _mm512_insertf32x8(
        _mm512_castps256_ps512(pair(rows + i[0] * 4L, rows + i[1] * 4L)), pair(rows + i[2] * 4L, rows + i[3] * 4L), 1);
}

INLINE void add_to(float *g, __m128 v) { _mm_store_ps(g, _mm_add_ps(_mm_load_ps(g), v)); }

INLINE void add_four(float *g, const int *i, __m512 v)
{
    add_to(g + i[0] * 4L, _mm512_castps512_ps128(v));
    add_to(g + i[1] * 4L, _mm512_extractf32x4_ps(v, 1));
    add_to(g + i[2] * 4L, _mm512_extractf32x4_ps(v, 2));
    add_to(g + i[3] * 4L, _mm512_extractf32x4_ps(v, 3));
}

INLINE __m512 sum_groups(__m512 v)
{
    v = _mm512_add_ps(v, _mm512_permute_ps(v, 0xB1));
    return _mm512_add_ps(v, _mm512_permute_ps(v, 0x4E));
}

// Rows of four floats: four ratings in a vector, two vectors in a step.
static double narrow(const reference_problem *m, int from, int to)
{
    const __m512i first = _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
    const __m512i second = _mm512_setr_epi32(4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7);
    double loss = 0;
    const float *rows = m->item_factors;
    float *g = m->item_gradient;
    for (int u = from; u < to; u++) {
        __m128 p = _mm_load_ps(m->user_factors + (long)u * 4);
        __m512 pp = _mm512_broadcast_f32x4(p), zero = _mm512_setzero_ps();
        __m512 ga = zero, gb = zero, esa = zero, esb = zero, lsa = zero, lsb = zero;
        float c = m->mean + m->user_biases[u];
        int j = m->offsets[u], end = m->offsets[u + 1];
        for (; j + 8 <= end; j += 8) {
            const int *i = m->items + j;
            __m512 qa = load_four(rows, i), qb = load_four(rows, i + 4);
            __m512 known = _mm512_castps256_ps512(_mm256_sub_ps(_mm256_set1_ps(c), _mm256_loadu_ps(m->ratings + j)));
            __m512 ea = _mm512_add_ps(sum_groups(_mm512_mul_ps(pp, qa)), _mm512_permutexvar_ps(first, known));
            __m512 eb = _mm512_add_ps(sum_groups(_mm512_mul_ps(pp, qb)), _mm512_permutexvar_ps(second, known));
            ga = _mm512_fmadd_ps(ea, qa, ga);
            gb = _mm512_fmadd_ps(eb, qb, gb);
            esa = _mm512_add_ps(esa, ea);
            esb = _mm512_add_ps(esb, eb);
            lsa = _mm512_fmadd_ps(ea, ea, lsa);
            lsb = _mm512_fmadd_ps(eb, eb, lsb);
            add_four(g, i, _mm512_mul_ps(ea, pp));
            add_four(g, i + 4, _mm512_mul_ps(eb, pp));
        }
        __m128 gp = fold(_mm512_add_ps(ga, gb)), e1 = fold(_mm512_add_ps(esa, esb)), l1 = fold(_mm512_add_ps(lsa, lsb));
        for (; j < end; j++) {
            long i = m->items[j] * 4L;
            __m128 q = _mm_load_ps(rows + i), t = _mm_mul_ps(p, q);
            t = _mm_add_ps(t, _mm_permute_ps(t, 0xB1));
            t = _mm_add_ps(t, _mm_permute_ps(t, 0x4E));
            __m128 e = _mm_add_ps(t, _mm_set1_ps(c - m->ratings[j]));
            gp = _mm_fmadd_ps(e, q, gp);
            _mm_store_ps(g + i, _mm_fmadd_ps(e, p, _mm_load_ps(g + i)));
            e1 = _mm_add_ps(e1, e);
            l1 = _mm_fmadd_ps(e, e, l1);
        }
        _mm_store_ps(m->user_gradient + (long)u * 4, gp);
        m->user_bias_gradient[u] = _mm_cvtss_f32(e1);
        loss += _mm_cvtss_f32(l1);
    }
    return loss;
}

double reference_gradient_512(const reference_problem *problem, int from, int to)
{
    switch (problem->factors) {
    case 3: return narrow(problem, from, to);
    case 16: return rows(problem, from, to, 1);
    case 32: return rows(problem, from, to, 2);
    case 64: return rows(problem, from, to, 4);
    default: return -1;
    }
}

#endif
