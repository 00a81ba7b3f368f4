#include "reference.h"
#include <immintrin.h>

#define INLINE static inline __attribute__((always_inline))

int reference_width(void)
{
#ifdef __AVX512F__
    return 512;
#else
    return 256;
#endif
}

INLINE __m128 fold(__m256 v) { return _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1)); }

INLINE float sum(__m256 v)
{
    __m128 x = fold(v);
    x = _mm_add_ps(x, _mm_movehl_ps(x, x));
    return _mm_cvtss_f32(_mm_add_ss(x, _mm_movehdup_ps(x)));
}

INLINE float sum128(__m128 v)
{
    v = _mm_add_ps(v, _mm_movehl_ps(v, v));
    return _mm_cvtss_f32(_mm_add_ss(v, _mm_movehdup_ps(v)));
}

INLINE __m256 products(const __m256 *p, const float *q, int n)
{
    __m256 s = _mm256_mul_ps(p[0], _mm256_load_ps(q));
    for (int a = 1; a < n; a++) s = _mm256_fmadd_ps(p[a], _mm256_load_ps(q + 8 * a), s);
    return s;
}

INLINE void add_rating(float e, const __m256 *p, __m256 *gp, const float *q, float *gq, int n)
{
    __m256 ev = _mm256_set1_ps(e);
    for (int a = 0; a < n; a++) {
        gp[a] = _mm256_fmadd_ps(ev, _mm256_load_ps(q + 8 * a), gp[a]);
        _mm256_store_ps(gq + 8 * a, _mm256_fmadd_ps(ev, p[a], _mm256_load_ps(gq + 8 * a)));
    }
}

// Rows of n vectors; four ratings share the sideways additions where registers allow it.
INLINE double rows(const reference_problem *m, int from, int to, int n, int four)
{
    int k = 8 * n;
    double loss = 0;
    for (int u = from; u < to; u++) {
        __m256 p[8], gp[8];
        for (int a = 0; a < n; a++) {
            p[a] = _mm256_load_ps(m->user_factors + (long)u * k + 8 * a);
            gp[a] = _mm256_setzero_ps();
        }
        float c = m->mean + m->user_biases[u], gb = 0, l = 0;
        __m128 gbs = _mm_setzero_ps(), ls = _mm_setzero_ps();
        int j = m->offsets[u], end = m->offsets[u + 1];
        for (; four && j + 4 <= end; j += 4) {
            const float *q[4];
            float *gq[4], e[4];
            __m256 s[4];
            for (int b = 0; b < 4; b++) {
                q[b] = m->item_factors + (long)m->items[j + b] * k;
                gq[b] = m->item_gradient + (long)m->items[j + b] * k;
                s[b] = products(p, q[b], n);
            }
            __m128 x = fold(_mm256_hadd_ps(_mm256_hadd_ps(s[0], s[1]), _mm256_hadd_ps(s[2], s[3])));
            const float *bias = m->item_biases;
            const int *i = m->items + j;
            __m128 known = _mm_sub_ps(_mm_set1_ps(c), _mm_loadu_ps(m->ratings + j));
            x = _mm_add_ps(x, _mm_add_ps(known, _mm_set_ps(bias[i[3]], bias[i[2]], bias[i[1]], bias[i[0]])));
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
            float e = sum(products(p, q, n)) + c + m->item_biases[i] - m->ratings[j];
            add_rating(e, p, gp, q, m->item_gradient + (long)i * k, n);
            m->item_bias_gradient[i] += e;
            gb += e;
            l += e * e;
        }
        for (int a = 0; a < n; a++) _mm256_store_ps(m->user_gradient + (long)u * k + 8 * a, gp[a]);
        m->user_bias_gradient[u] = gb + sum128(gbs);
        loss += l + sum128(ls);
    }
    return loss;
}

INLINE __m256 pair(const float *a, const float *b)
{
    return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_load_ps(a)), _mm_load_ps(b), 1);
}

INLINE __m256 sum_groups(__m256 v)
{
    v = _mm256_add_ps(v, _mm256_permute_ps(v, 0xB1));
    return _mm256_add_ps(v, _mm256_permute_ps(v, 0x4E));
}

INLINE void add_pair(__m256 v, float *a, float *b)
{
    _mm_store_ps(a, _mm_add_ps(_mm_load_ps(a), _mm256_castps256_ps128(v)));
    _mm_store_ps(b, _mm_add_ps(_mm_load_ps(b), _mm256_extractf128_ps(v, 1)));
}

// Rows of four floats: two ratings in a vector, two vectors in a step.
static double narrow(const reference_problem *m, int from, int to)
{
    double loss = 0;
    const float *rows = m->item_factors;
    float *g = m->item_gradient;
    for (int u = from; u < to; u++) {
        __m128 p = _mm_load_ps(m->user_factors + (long)u * 4);
        __m256 pp = _mm256_set_m128(p, p), ga = _mm256_setzero_ps(), gb = ga, es = ga, ls = ga;
        float c = m->mean + m->user_biases[u];
        int j = m->offsets[u], end = m->offsets[u + 1];
        for (; j + 4 <= end; j += 4) {
            long i0 = m->items[j] * 4L, i1 = m->items[j + 1] * 4L, i2 = m->items[j + 2] * 4L, i3 = m->items[j + 3] * 4L;
            __m256 qa = pair(rows + i0, rows + i1), qb = pair(rows + i2, rows + i3);
            __m256 known = _mm256_castps128_ps256(_mm_sub_ps(_mm_set1_ps(c), _mm_loadu_ps(m->ratings + j)));
            __m256 ea = _mm256_add_ps(
                sum_groups(_mm256_mul_ps(pp, qa)), _mm256_permutevar8x32_ps(known, _mm256_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1)));
            __m256 eb = _mm256_add_ps(
                sum_groups(_mm256_mul_ps(pp, qb)), _mm256_permutevar8x32_ps(known, _mm256_setr_epi32(2, 2, 2, 2, 3, 3, 3, 3)));
            ga = _mm256_fmadd_ps(ea, qa, ga);
            gb = _mm256_fmadd_ps(eb, qb, gb);
            es = _mm256_add_ps(es, _mm256_add_ps(ea, eb));
            ls = _mm256_fmadd_ps(eb, eb, _mm256_fmadd_ps(ea, ea, ls));
            add_pair(_mm256_mul_ps(ea, pp), g + i0, g + i1);
            add_pair(_mm256_mul_ps(eb, pp), g + i2, g + i3);
        }
        __m128 gp = fold(_mm256_add_ps(ga, gb)), e1 = fold(es), l1 = fold(ls);
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

double reference_gradient_256(const reference_problem *problem, int from, int to)
{
    switch (problem->factors) {
    case 3: return narrow(problem, from, to);
    case 8: return rows(problem, from, to, 1, 1);
    case 16: return rows(problem, from, to, 2, 1);
    case 32: return rows(problem, from, to, 4, 1);
    case 64: return rows(problem, from, to, 8, 0);
    default: return -1;
    }
}
